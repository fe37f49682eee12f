/// What counts how much when statements are weighed by their words.
///
/// The numbers were found by trying, over collections of documents with questions; none of them is of one document.
struct AnswerWeights: Sendable, Hashable {
    /// What a term is worth that is not in the statement, but in a heading above it.
    var heading = 0.6
    /// What a term is worth that is in a statement close by.
    var nearby = 0.3
    /// What a term is worth that is in the name of the file.
    var title = 0.4
    /// What a word is worth that begins like the term.
    var prefix = 0.8
    /// What the right kind of answer is worth.
    var kind = 0.8
    /// What two terms are worth that follow each other as in the question.
    var phrase = 0.2
    /// What two words are worth that stand side by side as in the question.
    var pair = 0.2
    /// What the search's opinion of the passage is worth.
    var passage = 0.3
    /// What the search's opinion of the whole file is worth.
    var file = 0.2
    /// What a term is worth that is anywhere in the passage, besides.
    var whole = 0.3
    /// What each word costs that the question says nothing of, by how particular it is.
    var excess = 0.075
    /// What a passage's words cost no more than.
    var mostExcess = 0.3
    /// What it is worth that a statement says what somebody is given, if that is asked.
    var entitlement = 0.07
    /// What a word of everyday language weighs beside one that is not.
    var everyday = 0.6
    /// What a passage loses that leaves out what an answer can hardly leave out.
    var incomplete = 0.3
    /// What a name weighs beside another word.
    var name = 1.2
    /// How much the words of earlier questions count in one that goes on from them.
    var history = 0.5
    /// How sure an answer must be to be given: 0…1.
    var leastConfidence = 0.5
}
