/// The groups of words and phrases that mean the same at work, in English and in German.
///
/// The language is that of any workplace: nothing in it is of one company or one document. A phrase has `_` between its
/// words. Words in a group are taken for each other in both directions, so a word of many meanings is in few groups.
enum Thesaurus {
    /// A group a line.
    static let groups = (english + "\n" + german).split(separator: "\n").map { line in
        line.split(separator: " ").map { String($0).replacing("_", with: " ") }
    }

    private static let english = """
        employee staff worker personnel colleague teammate team_member co-worker workforce
        company firm employer organisation organization business corporation
        manager boss supervisor line_manager superior
        executive management leadership director
        ceo chief_executive managing_director
        department division unit
        human_resources hr people_team people_operations people_ops personnel_department
        newcomer joiner starter new_hire new_employee new_starter new_joiner recruit
        onboarding induction orientation getting_started
        vacation holiday leave pto time_off day_off days_off paid_time_off absence
        public_holiday bank_holiday national_holiday statutory_holiday
        unused untaken leftover
        carry_over roll_over rollover carry_forward
        sabbatical career_break extended_leave
        salary pay wage compensation remuneration earnings paycheck payroll income
        paid payment
        raise pay_rise pay_increase increment
        bonus reward incentive
        profit profit_sharing
        share portion percentage proportion fraction
        stock_options share_options equity
        sick ill illness sickness disease unwell fever flu ailment
        sick_note doctor's_note medical_certificate doctor's_certificate sick_certificate
        doctor medical physician health hospital clinic
        dentist dental teeth tooth
        eye vision glasses optical spectacles optician
        therapy counselling counseling mental_health psychologist
        insurance cover coverage insured insure medical_plan
        premium contribution
        deduct deducted deduction withhold withheld subtract
        disability incapacity disabled
        terminate termination dismiss dismissal fire layoff redundancy let_go laid_off lay_off sacked
        severance redundancy_pay redundancy_payment redundancy_money exit_package severance_pay settlement
        resign resignation quit leave_the_company hand_in_notice give_notice notice
        notice_period period_of_notice
        probation trial_period probationary
        breach violation violate misconduct
        maternity maternity_leave pregnancy pregnant
        paternity paternity_leave father
        parental parent maternity paternity newborn baby child birth
        caregiver carer look_after looking_after caring care
        adopt adoption adopted foster
        child children kid son daughter baby
        mother father parent mum dad family relative
        partner spouse husband wife
        wedding marriage marry registered_partnership
        die death bereavement funeral dies dead deceased passes_away
        retire retirement pension superannuation old_age
        pension_savings retirement_savings retirement_plan 401 401k pension_plan pension_fund
        match matched contribute contribution
        laptop computer notebook workstation pc machine device
        private personal own
        phone mobile smartphone handset cell telephone cellphone iphone android
        phone telephone call ring
        email mail e-mail message
        chat messaging messenger
        password passphrase credentials passcode
        install set_up download
        clone copy
        repository repositories codebase source_code
        travel trip journey business_trip
        flight fly plane airline airfare
        train rail railway
        car vehicle automobile
        mileage kilometre kilometer mile per_kilometre
        hotel accommodation lodging overnight
        meal food lunch dinner breakfast subsistence per_diem
        expense cost expenditure spend spending spent
        reimburse reimbursement refund repay money_back pay_back
        claim expense_report expense_claim
        receipt slip voucher
        invoice bill
        credit_card company_card corporate_card card
        allowance budget stipend allocation grant
        limit maximum cap ceiling upper_limit at_most up_to most no_more_than
        minimum least at_least floor lowest
        discount rebate reduction
        monthly per_month each_month a_month month
        yearly annual annually per_year each_year a_year calendar_year
        weekly per_week a_week each_week week
        once_a_year annually
        twice biannual semiannual
        remote remotely home homeoffice home_office telework work_from_home working_from_home at_home
        coworking shared_office co-working
        abroad foreign_country another_country overseas foreign
        office workplace premises site
        desk furniture chair
        core_hours core_time
        schedule shift working_hours working_time
        flexitime flextime flexible_hours
        overtime extra_hours additional_hours
        weekend saturday sunday
        night nighttime
        on_call standby on-call call-out on_duty
        react respond response reaction answer
        ask request apply
        2 two
        3 three
        4 four
        5 five
        6 six
        7 seven
        8 eight
        9 nine
        10 ten
        12 twelve
        15 fifteen
        20 twenty
        30 thirty
        6_months half_a_year
        12_months one_year 1_year first_year twelve_months
        approve approval permission authorise authorize consent sign_off agree agreement green_light
        allow permit allowed permitted
        forbid prohibit ban forbidden prohibited not_allowed
        mandatory compulsory required obligatory
        rule policy regulation guideline
        buy purchase order procure
        replace replacement renew new
        training course education learning tuition seminar workshop
        conference convention
        degree master's_programme university study
        review appraisal evaluation performance_review assess assessment
        promote promotion advance career
        level grade rank tier rung step ladder
        position role job post
        report_to answer_to reports_to
        supervise manage in_charge oversee
        refer referral recommend
        candidate applicant application applying
        meeting gathering get_together meetup meet_up meet-up come_together
        in_person face_to_face on_site
        all_hands company_meeting
        talk speech speaking presentation
        side_job second_job moonlighting outside_work freelance gig other_job sideline
        competitor rival competing
        industry sector
        gift present hospitality
        supplier vendor contractor
        client customer
        bribe bribery corruption kickback
        conflict_of_interest conflicting_interest
        report notify tell inform announce let_know
        complain complaint grievance
        harassment bullying discrimination
        whistleblow whistleblower
        confidential secret sensitive
        personal_data private_data personal_information
        retain retention store stored kept keep
        delete erase destroy
        deadline due time_limit no_later_than submit
        hand_in submit send_in
        in_advance ahead beforehand prior early
        volunteer voluntary charity
        jury jury_duty civic_duty
        politics political election elections vote
        debate argue argument discuss discussion
        buddy mentor
        instruction direction guidance
        worth value valuation
        sell sold sale
        error exception crash bug fault
        developer programmer engineer
        tester qa quality_assurance
        designer design
        support helpdesk help_desk service_desk customer_support
        break pause rest breather
        smoking smoke
        parking park
        bicycle bike
        """

    private static let german = """
        urlaub ferien erholungsurlaub jahresurlaub freie_tage
        urlaubstage ferientage urlaubsanspruch ferienanspruch
        resturlaub restferien
        feiertag feiertage
        gehalt lohn vergutung entgelt verdienst salar
        mitarbeiter mitarbeitende beschaftigte arbeitnehmer angestellte personal
        firma unternehmen arbeitgeber betrieb gesellschaft
        chef vorgesetzte fuhrungskraft teamleitung vorgesetzter
        krank krankheit erkrankung krankmeldung
        krankschreibung arztzeugnis attest arbeitsunfahigkeitsbescheinigung
        kundigung kundigen kundigungsfrist
        probezeit probemonate
        homeoffice mobil zuhause heimarbeit fernarbeit
        reise dienstreise geschaftsreise
        spesen reisekosten auslagen kosten
        zulage zuschlag zuschuss beitrag
        arbeitszeit wochenstunden stunden
        uberstunden mehrarbeit uberzeit
        pause pausen ruhezeit
        mutterschaft mutterschutz mutterschaftsurlaub
        vaterschaft vaterschaftsurlaub
        elternzeit elternurlaub
        kind kinder kinderzulage
        geburt entbindung
        tod todesfall trauerfall
        hochzeit heirat
        umzug umziehen
        pensionskasse rente altersvorsorge
        versicherung versichert
        genehmigen genehmigung bewilligung bewilligen erlaubnis zustimmung
        erlaubt gestattet zulassig
        verboten untersagt unzulassig
        richtlinie reglement regelung vorschrift
        weiterbildung schulung fortbildung kurs ausbildung
        parkplatz parkieren parken
        telefon handy mobiltelefon
        rechner computer notebook
        teilzeit teilzeitangestellte
        vollzeit vollzeitangestellte
        """
}
