"""The widgets and dialogs that the screens are composed of; each tells its screen by a message what is wanted."""
