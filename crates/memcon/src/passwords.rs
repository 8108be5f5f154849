//! Secrets: passwords as Argon2id hashes, and the random ones that sessions, tokens and links are.
//!
//! The cost is the one that OWASP's password storage cheat sheet gives first for Argon2id: 19 MiB, two passes, one lane. A
//! password is at least fifteen characters long, as NIST SP 800-63B asks where nothing else guards the door.

use crate::failure::Failure;
use crate::intake::sha256;
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt::Write;

/// Characters of a password.
const SHORTEST: usize = 15;
const LONGEST: usize = 256;

/// KiB of memory, passes over it, lanes; bytes of salt and hash.
const COST: (u32, u32, u32) = (19_456, 2, 1);
const SALT: usize = 16;
const HASH: usize = 32;

/// So many random bytes that nobody can guess.
fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Stopped(format!("no random numbers: {error}")))?;
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let pairs = hexadecimal.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Thirty-two random bytes in hexadecimal.
pub fn secret() -> Result<String, Failure> {
    Ok(hexadecimal(&random::<32>()?))
}

/// Under what a secret of ours is kept: it is random and long, so that a plain digest gives nothing away.
pub fn digest(secret: &str) -> String {
    sha256(secret.as_bytes())
}

/// A password that is easy to read out: a hundred random bits.
pub fn made_up() -> Result<String, Failure> {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bytes = random::<20>()?;
    let spelled: Vec<char> = bytes.iter().map(|byte| char::from(DIGITS[usize::from(byte & 31)])).collect();
    Ok(spelled.chunks(5).map(|five| five.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Whether a password may be one.
pub fn check(password: &str) -> Result<(), Failure> {
    let length = password.chars().count();
    let different = password.chars().collect::<std::collections::BTreeSet<_>>().len();
    match length {
        SHORTEST..=LONGEST if different >= 5 => Ok(()),
        SHORTEST..=LONGEST => Err(Failure::Usage("the password has too few different characters".to_owned())),
        _ => Err(Failure::Usage(format!("a password has {SHORTEST} to {LONGEST} characters; a sentence will do"))),
    }
}

fn argon2(password: &str, salt: &[u8], cost: (u32, u32, u32)) -> Option<[u8; HASH]> {
    let params = Params::new(cost.0, cost.1, cost.2, Some(HASH)).ok()?;
    let mut hash = [0u8; HASH];
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    hasher.hash_password_into(password.as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

/// What is kept of a password: how it was hashed, its salt, the hash.
pub fn hashed(password: &str) -> Result<String, Failure> {
    let salt = random::<SALT>()?;
    let (memory, passes, lanes) = COST;
    let hash = argon2(password, &salt, COST).ok_or_else(|| Failure::Stopped("the password cannot be hashed".into()))?;
    Ok(format!("argon2id:{memory}:{passes}:{lanes}:{}:{}", hexadecimal(&salt), hexadecimal(&hash)))
}

/// Whether it is the password of which that is kept. Without anything kept (there is no such user) it takes as long, and is
/// none.
pub fn is_right(password: &str, kept: Option<&str>) -> bool {
    let parts: Vec<&str> = kept.unwrap_or_default().split(':').collect();
    let known = match parts.as_slice() {
        ["argon2id", memory, passes, lanes, salt, hash] => {
            let number = |text: &str| text.parse::<u32>().ok();
            number(memory)
                .zip(number(passes))
                .zip(number(lanes))
                .zip(bytes(salt).zip(bytes(hash)))
                .map(|(((memory, passes), lanes), (salt, hash))| ((memory, passes, lanes), salt, hash))
        }
        _ => None,
    };
    let known_or_none = known.unwrap_or_else(|| (COST, vec![0; SALT], Vec::new()));
    let (cost, salt, hash) = known_or_none;
    argon2(password, &salt, cost).is_some_and(|own| same(&own, &hash))
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let password = "a horse on the roof";
        let kept = hashed(password).unwrap();
        assert!(kept.starts_with("argon2id:19456:2:1:") && !kept.contains("horse"), "{kept}");
        assert_ne!(kept, hashed(password).unwrap(), "two users with one password");
        assert!(is_right(password, Some(&kept)));
        assert!(!is_right("a horse on the Roof", Some(&kept)));
        for broken in [None, Some(""), Some("argon2id:19456:2:1::"), Some("argon2id:x:2:1:00:00"), Some(&kept[..60])] {
            assert!(!is_right(password, broken), "{broken:?}");
        }
    }

    #[test]
    fn short_and_dull_passwords_are_refused() {
        for refused in ["", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", &"ab".repeat(20), &"abcdefgh".repeat(40)] {
            assert!(check(refused).is_err(), "{refused}");
        }
        for taken in ["a horse on the roof", "čtyři slova o ničem"] {
            assert!(check(taken).is_ok(), "{taken}");
        }
        let own = made_up().unwrap();
        assert!(check(&own).is_ok() && own.len() == 23 && own != made_up().unwrap(), "{own}");
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same(b"abc", b"abc") && !same(b"abc", b"abd") && !same(b"abc", b"ab") && same(b"", b""));
        assert_eq!(secret().unwrap().len(), 64);
    }
}
