"""The quizzes: what a question is, how it is made, checked, drawn, and given to other systems."""
