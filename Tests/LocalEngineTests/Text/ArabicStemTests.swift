import Testing

@testable import LocalEngine

@Suite struct ArabicStemTests {
    @Test(arguments: [
        ["الزواج", "زواج", "والزواج", "بالزواج"], ["الموظف", "موظف", "الموظفون", "موظفين"],
        ["إجازة", "الإجازة", "اجازه"], ["الرواتب", "للرواتب"],
    ])
    func isTheSameForTheFormsOfAWord(forms: [String]) {
        #expect(Set(forms.map { WordStem.of($0) }).count == 1)
    }

    @Test(arguments: ["يوم", "ولد", "الف", "من", "days", "日本"])
    func keepsShortWordsAndOtherScripts(word: String) {
        #expect(ArabicStem.of(word) ?? word == word)
    }
}
