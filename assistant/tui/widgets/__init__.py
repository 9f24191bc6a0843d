"""The parts that the screens are composed of; each tells its screen by a message what is wanted."""
