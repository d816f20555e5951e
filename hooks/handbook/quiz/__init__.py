"""The quizzes: what a question offers, how it is made from the data, drawn for an exam, and said in plain words."""
