//! From bytes to text: which encoding they are in, and which of them are damaged.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text with the count of what could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark; damaged bytes stand as U+FFFD.
    pub text: String,
    /// How many bytes were replaced.
    pub replaced: usize,
    /// The line of the first of them, from 1.
    pub first_line: Option<u64>,
}

/// How many bytes are looked at to guess an encoding; the first of a page with nothing but ASCII say little.
const GUESS_FROM: usize = 256 * 1024;

/// How many bytes of a page may come before it names its encoding. The HTML standard says 1,024; scripts before it do occur.
const NAMED_WITHIN: usize = 4096;

/// Decodes `bytes`: by byte order mark, else by the encoding that was `declared` outside (an HTTP header), else by the
/// one that the page names itself, else by what the bytes look like.
pub fn decode(bytes: &[u8], declared: Option<&str>, markup: bool) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = sixteen_bits(bytes) {
        return decode_as(encoding, bytes);
    }
    // Whatever a page says of itself, bytes that are valid UTF-8 beyond ASCII are hardly ever anything else.
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1B) {
        return decode_as(UTF_8, bytes);
    }
    let named = || markup.then(|| named_in(bytes)).flatten();
    let told = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes())).or_else(named);
    // A page that is named UTF-8 and is not can be damaged UTF-8 or wrongly named: the guess tells which.
    match told {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes),
        _ => decode_as(guess(bytes), bytes),
    }
}

/// Whether the bytes are no text in any encoding: a zero byte outside UTF-16, or control characters throughout.
pub fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || sixteen_bits(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..8192).unwrap_or(bytes);
    let control = head.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    head.contains(&0) || control * 20 > head.len()
}

/// UTF-16 without a byte order mark: text of European languages has a zero in every other byte.
fn sixteen_bits(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs < 8 => None,
        () if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that the beginning of a page names: `<meta charset="…">`, `<?xml … encoding="…"?>`.
fn named_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..NAMED_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let value = head.split(key).nth(1)?.trim_start_matches(['"', '\'', ' ']);
        let label = value.split(['"', '\'', ' ', ';', '>', '/', '?']).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

/// What bytes that are not valid UTF-8 most likely are.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..GUESS_FROM).unwrap_or(bytes);
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    // Several bytes that make a character of UTF-8 do so by chance only rarely, so a few that do not are damage. And
    // bytes that stand for no letter of a Western or Central European page, alone in ASCII, are damage too.
    let never_letters =
        bytes.iter().all(|b| b.is_ascii() || matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xFE | 0xFF));
    if valid > invalid || never_letters {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The first byte beyond ASCII may stand behind a long stretch of markup.
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    detector.feed(if start < head.len() { head } else { bytes.get(start..).unwrap_or_default() }, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16 + 16);
    let (mut rest, mut replaced, mut first_line) = (bytes, 0usize, None);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len() * 3 + 16),
            DecoderResult::Malformed(bad, _) => {
                replaced += usize::from(bad);
                first_line.get_or_insert_with(|| 1 + text.bytes().filter(|b| *b == b'\n').count() as u64);
                text.reserve(4);
                text.push('\u{FFFD}');
            }
        }
    }
    Decoded { text, replaced, first_line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None, true).text
    }

    #[test]
    fn encodings_are_found() {
        let said = "Der Außenminister sprach mit seinem französischen Kollegen über die Lage. ".repeat(4);
        assert_eq!(text(said.as_bytes()), said);
        assert_eq!(text(&[b"\xEF\xBB\xBF", said.as_bytes()].concat()), said);
        assert_eq!(text(&encoding_rs::WINDOWS_1252.encode(&said).0), said);
        for (encode, mark) in [(u16::to_le_bytes as fn(u16) -> [u8; 2], b"\xFF\xFE"), (u16::to_be_bytes, b"\xFE\xFF")] {
            let bytes: Vec<u8> = said.encode_utf16().flat_map(encode).collect();
            assert_eq!(text(&bytes), said);
            assert_eq!(text(&[mark.as_slice(), &bytes].concat()), said);
        }
        let russian = "Министр иностранных дел позвонил своему американскому коллеге во вторник вечером. ".repeat(3);
        assert_eq!(text(&encoding_rs::WINDOWS_1251.encode(&russian).0), russian);
        assert_eq!(text(&encoding_rs::KOI8_R.encode(&russian).0), russian);
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        let page =
            b"<html><head><meta http-equiv=content-type content='text/html; charset=iso-8859-2'></head>\xB3\xF3d\xBC";
        assert!(text(page).ends_with("łódź"));
        assert_eq!(decode(b"\xB3\xF3d\xBC", Some("iso-8859-2"), false).text, "łódź");
    }

    #[test]
    fn damaged_bytes_are_replaced_and_counted() {
        let found = decode(b"one\ntwo \xFF\xFE three", None, false);
        assert_eq!(
            (found.text.as_str(), found.replaced, found.first_line),
            ("one\ntwo \u{FFFD}\u{FFFD} three", 2, Some(2))
        );
        let found =
            decode("“çà” é".as_bytes().iter().copied().chain(*b"\xE2\x80").collect::<Vec<_>>().as_slice(), None, false);
        assert_eq!((found.text.as_str(), found.replaced), ("“çà” é\u{FFFD}", 2));
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(!is_binary("Ein Gespräch\twith\r\nlines".as_bytes()));
        let wide: Vec<u8> = "A telephone call took place".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!is_binary(&wide));
    }
}
