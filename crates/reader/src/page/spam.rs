//! Comments that were left by machines: look-alike letters, links and sales talk instead of an answer to the article.

/// Phrases of comment spam: praise for no article in particular, and sales.
const PHRASES: &[&str] = &[
    "this blog",
    "your blog",
    "your site",
    "your website",
    "your weblog",
    "my blog",
    "my site",
    "my website",
    "my web site",
    "my homepage",
    "my page",
    "web page",
    "your rss",
    "e-newsletter",
    "keep up the good",
    "keep up the great",
    "great post",
    "nice post",
    "wonderful post",
    "excellent post",
    "wonderful stuff",
    "great article",
    "thanks for sharing",
    "thanks for finally",
    "linking to this",
    "bookmarked",
    "this paragraph",
    "this topic",
    "feel free to surf",
    "take a look at my",
    "here is my",
    "visit my",
    "weight loss",
    "lose weight",
    "payday loan",
    "online casino",
    "viagra",
    "cialis",
    "replica",
    "seo",
    "backlink",
    "per hour working",
    "make money online",
    "earn money",
    "from home",
    "cheap",
    "discount",
];

/// Names that are no names.
const AUTHORS: &[&str] =
    &["homepage", "website", "seo", "casino", "loans", "insurance", "online", "buy ", "cheap ", "http", "www."];

/// Whether a comment looks like spam.
///
/// Look-alike letters (Unicode Technical Standard 39, section 5.1: one word in several scripts) are enough alone; phrases
/// and links have to come together.
pub(super) fn is_spam(author: Option<&str>, text: &str) -> bool {
    let mut words = 0;
    let mut mixed = 0;
    for word in text.split_whitespace() {
        words += 1;
        mixed += usize::from(is_mixed(word));
    }
    if mixed >= 2 || mixed == 1 && words < 20 {
        return true;
    }
    let lower = text.to_lowercase();
    let author = author.unwrap_or("").to_lowercase();
    let phrases = PHRASES.iter().filter(|phrase| lower.contains(*phrase)).count();
    let links = lower.matches("http").count() + lower.matches("www.").count() + 2 * lower.matches("[url").count();
    let name = AUTHORS.iter().any(|name| author.contains(name));
    // A name that is also the last word is a link in disguise.
    let signed = author.len() > 3 && words > 3 && lower.trim_end().ends_with(author.as_str());
    let score = phrases + links.min(3) + 2 * usize::from(name) + usize::from(signed);
    score >= 3 || score >= 2 && words < 40
}

/// Whether one word mixes letters of scripts that never share a word, or has letters that are made to look like others.
fn is_mixed(word: &str) -> bool {
    let (mut latin, mut other, mut odd) = (0, 0, 0);
    for ch in word.chars() {
        match ch {
            'a'..='z' | 'A'..='Z' | 'À'..='ſ' => latin += 1,
            // Greek, Cyrillic, Armenian.
            '\u{370}'..='\u{58f}' => other += 1,
            // African and phonetic letters, small Roman numerals, mathematical and full-width letters.
            '\u{180}'..='\u{1cc}' | '\u{250}'..='\u{2af}' | '\u{2160}'..='\u{2188}' | '\u{ff21}'..='\u{ff5a}' => {
                odd += 1
            }
            '\u{1d400}'..='\u{1d7ff}' => odd += 1,
            _ => {}
        }
    }
    latin > 0 && other > 0 || latin > 1 && odd > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alike_letters_are_spam() {
        assert!(is_spam(None, "A perfect wеbpage for everybody."));
        assert!(!is_spam(None, "The word посол means ambassador, and Лавров is a name."));
        assert!(!is_spam(None, "Erdoğan's naïve façade"));
    }

    #[test]
    fn praise_with_links_is_spam_and_anger_is_not() {
        assert!(is_spam(Some("homepage"), "Great post! Visit my site http://example.org"));
        assert!(!is_spam(Some("Ann"), "What did they expect? He never calls anyone back."));
        assert!(!is_spam(
            Some("Bob"),
            "This is a great article about a difficult call between the two ministers, but it leaves out who asked for it."
        ));
    }
}
