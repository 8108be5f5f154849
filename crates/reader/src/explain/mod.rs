//! How a record came about: sentences, trees, mentions, dates, and the rule and words behind each account.
