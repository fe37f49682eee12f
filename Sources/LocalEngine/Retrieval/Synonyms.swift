/// Words that employees and policy documents use for the same thing, in English and in German.
///
/// The list is short and general on purpose: the language of work, not of any company.
enum Synonyms {
    /// The other words of a word's groups, in lower case and without accents.
    static func of(_ word: String) -> [String] {
        var seen: Set<String> = [WordStem.of(word)]
        return (byStem[WordStem.of(word)] ?? []).filter { seen.insert(WordStem.of($0)).inserted }
    }

    private static let byStem: [String: [String]] = {
        var byStem: [String: [String]] = [:]
        for group in groups.split(separator: "\n") {
            let words = group.split(separator: " ").map { String($0) }
            for word in words { byStem[WordStem.of(word), default: []] += words }
        }
        return byStem
    }()

    /// A group a line.
    private static let groups = """
        employee staff worker personnel colleague teammate
        company firm employer organisation organization business
        manager boss supervisor
        vacation holiday leave pto absence
        salary pay wage compensation remuneration earnings paycheck
        bonus reward premium
        sick ill illness sickness disease
        doctor medical physician health
        terminate termination dismiss dismissal fire layoff redundancy severance
        resign resignation quit leave notice
        hire recruit newcomer joiner starter onboarding
        parental maternity paternity parent newborn baby child birth
        mother father parent family relative
        die death bereavement funeral
        retirement pension
        insurance cover coverage insured insure
        laptop computer notebook device machine
        phone mobile smartphone
        travel trip journey
        flight fly plane
        hotel accommodation lodging
        meal food lunch dinner breakfast
        expense cost reimburse reimbursement refund repay
        receipt invoice bill
        allowance budget stipend allocation
        limit maximum cap ceiling
        minimum least
        remote home homeoffice telework
        hours schedule shift
        overtime extra
        approve approval permission authorise authorize consent
        allow permit
        forbid prohibit ban
        rule policy regulation guideline
        buy purchase order
        training course education learning tuition
        review appraisal evaluation
        promote promotion
        refer referral recommend
        meeting gathering
        urlaub ferien erholungsurlaub
        gehalt lohn vergutung entgelt
        mitarbeiter mitarbeitende beschaftigte arbeitnehmer angestellte
        krank krankheit erkrankung
        kundigung kundigen kundigungsfrist
        homeoffice mobil
        reise dienstreise
        spesen reisekosten auslagen
        """
}
