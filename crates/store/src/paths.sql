-- Documents are asked for by their path, and former revisions by their address.
CREATE INDEX documents_path ON documents (path);
CREATE INDEX documents_former ON documents (address) WHERE current = 0;
