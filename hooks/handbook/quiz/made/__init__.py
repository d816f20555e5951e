"""Questions made from the data, so that they are right for as long as the handbook is: a module a kind."""
