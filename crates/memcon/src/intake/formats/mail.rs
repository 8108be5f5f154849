//! Saved e-mail: newsletters, press services and alerts arrive that way.

use crate::intake::{Content, guarded};
use mail_parser::{Address, MessageParser, MimeHeaders};
use reader::{Known, Media};

/// The text of a message, its subject as the title and its date as the date of publication.
pub fn content(bytes: &[u8]) -> Result<Content, String> {
    guarded(|| {
        let message = MessageParser::default().parse(bytes).ok_or("is no e-mail message")?;
        let html_only = message.text_bodies().all(|part| part.is_content_type("text", "html"));
        let (text, media) = match html_only {
            true => (message.body_html(0), Media::Html),
            false => (message.body_text(0), Media::Text),
        };
        let date = message.date().map(|date| {
            format!("{:04}-{:02}-{:02}T{:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute)
        });
        let from = message.from().and_then(Address::first);
        let sender = from.and_then(|from| from.name().or_else(|| from.address())).map(str::to_string);
        let known = Known {
            title: message.subject().map(str::to_string),
            published: date,
            byline: sender.into_iter().collect(),
            ..Known::default()
        };
        Ok(Content { text: text.unwrap_or_default().into_owned(), media, known, ..Content::default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_an_article() {
        let found = content(
            b"From: Press Service <press@example.org>\r\nSubject: =?utf-8?q?Gespr=C3=A4ch?=\r\n\
              Date: Sat, 16 Feb 2013 18:47:00 -0500\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\
              The ministers spoke in Z\xFCrich.\r\n",
        );
        let found = found.unwrap();
        assert_eq!(found.text.trim(), "The ministers spoke in Zürich.");
        assert_eq!(found.known.title.as_deref(), Some("Gespräch"));
        assert_eq!(found.known.published.as_deref(), Some("2013-02-16T18:47"));
        assert_eq!(found.known.byline, ["Press Service"]);
    }
}
