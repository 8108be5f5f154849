//! Accounts of one contact joined: steps, status, response time, disputes; in one document and across many.
