"""The one room with a door to the network, opened only when a person asks: fetching files, completing records."""
