"""Access to the network, only at a person's request: fetching files, completing records."""
