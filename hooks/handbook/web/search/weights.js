// @ts-check
// What each kind of match is worth. Learnt from what staff type (`python -m tools.weigh_search`, tests/content/queries.yml);
// nothing here is to be set by hand.

export const WEIGHTS = {
  page: [3, 0.783, 1.66], // where it stands, in a page: its title, summary, other names
  place: [1.7, 1.91, 1.5], // in a place: its title, words, other names
  exact: [0, 1.57, 1.04, 1.03, 1.69], // as it was typed, by the number of characters
  sounds: [0, 0.12, 0.5, 0.62, 0.7], // what sounds so
  typed: [0, 0.52, 0.975, 0.88, 0.95], // typed by its sound, on purpose
  half: 0.85, // of that, where the last syllable is not whole
  across: 0.85, // of what begins or ends inside a word of the query
  said: 0.8, // another word, as the handbook's author says
  kin: 0.5, // another word, as everybody says
  stem: 0.3, // a character of such a word
  number: 1.2, // an amount, in whatever way it is written
  share: 0.6, // more, as it is more of its piece
  first: 0.15, // more, where its piece begins with it
  common: 0.35, // of a match with what stands everywhere
  context: 0.55, // of its page's own match, for a place
  partial: 0.15, // of a score where nothing of the query is surely met
  also: 0.065, // of a page's other matches
  amount: 1.94, // times, for who asks how much or when: what has an amount
  meaning: 1.82, // times, for who asks what a word means: where words are explained
  faint: 0.156, // a word of a question
  least: 0.384, // a word that everybody says all day
  low: 260, // how rare such a word is
  high: 480, // how rare one is that says all it can
};
