//! The text of a PDF.

use crate::intake::{Content, guarded};

/// The text that a PDF holds. Pictures of pages hold none.
pub fn content(bytes: &[u8]) -> Result<Content, String> {
    guarded(|| {
        let text = pdf_extract::extract_text_from_mem(bytes).map_err(|e| format!("is no readable PDF: {e}"))?;
        if text.trim().is_empty() {
            return Err("is a PDF without text (a scan?); recognise its text first".to_string());
        }
        Ok(Content { text, ..Content::default() })
    })
}
