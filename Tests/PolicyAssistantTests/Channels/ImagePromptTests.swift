import Testing

@testable import PolicyAssistant

/// The description of an image in an answer, and its settings.
@Suite struct ImagePromptTests {
    @Test(arguments: [
        ("This is a test string. <<<test image prompt>>>", "This is a test string.", "test image prompt"),
        ("Text <<< a beach\nat dawn >>> and what follows", "Text", "a beach\nat dawn"),
        ("<<<only a picture>>>", "", "only a picture"),
        ("  No marks at all. ", "No marks at all.", nil),
        ("Half <<<of it", "Half of it", nil),
        ("Half of it>>>", "Half of it", nil),
        ("The >>>wrong<<< order", "The wrong order", nil),
        ("Nothing <<< >>> in it", "Nothing", nil),
        ("Two <<<one>>> <<<two>>>", "Two", "one"),
        ("", "", nil),
    ])
    func marksAreNeverPartOfTheText(_ answer: String, _ text: String, _ prompt: String?) {
        let parts = ImagePrompt(answer, marks: ("<<<", ">>>"))
        #expect(parts.text == text && parts.prompt == prompt)
        let others = ImagePrompt(
            answer.replacing("<<<", with: "[[").replacing(">>>", with: "]]"),
            marks: ("[[", "]]")
        )
        #expect(others == parts)
    }

    private static let settings = [
        "SMS_PROVIDER": "telnyx", "TELNYX_API_KEY": "key", "PUBLIC_URL": "https://assistant.example",
        "TELNYX_PUBLIC_KEY": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "SMS_IMAGE_MODEL": "painter",
        "OPENAI_API_KEY": "sk-key",
    ]

    @Test(arguments: ["512", "1000x1000", "1024x128", "0x0", "1024x1024x1024", "axb"])
    func aSizeThatNoModelMakesIsAFault(_ size: String) async throws {
        let faults = try await settingsFaults(Self.settings.merging(["SMS_IMAGE_SIZE": size]) { $1 })
        #expect(faults == ["SMS_IMAGE_SIZE"])
    }

    @Test func imagesNeedAModelAndAnUpstreamThatHasIt() async throws {
        let images = try #require(try await readSettings(Self.settings).sms?.images)
        #expect(images.model == "painter" && images.size == "1024x1024" && images.timeout == .seconds(180))
        #expect(images.openingMark == "<<<" && images.closingMark == ">>>")
        var settings = Self.settings
        settings["OPENAI_API_KEY"] = nil
        #expect(try await settingsFaults(settings) == ["SMS_IMAGE_MODEL"])
        settings["SMS_IMAGE_MODEL"] = nil
        #expect(try await readSettings(settings).sms?.images == nil)
        for marks in ["<<<", "<< <<", "a b c"] {
            #expect(
                try await settingsFaults(Self.settings.merging(["SMS_IMAGE_MARKS": marks]) { $1 }) == [
                    "SMS_IMAGE_MARKS"
                ]
            )
        }
    }
}
