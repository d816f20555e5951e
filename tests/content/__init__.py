"""What holds of the shipped handbook alone: its facts, its own words, what people type to find them. An organisation
replaces this folder with its own."""
