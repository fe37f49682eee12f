import Foundation
import Testing

@testable import DocumentText

/// Text files in the encodings of older software, which say nowhere what it is.
@Suite struct LegacyEncodingTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let encoding: String
        let text: String
        /// The bytes of the text, in Base64.
        let bytes: String
        var testDescription: String { encoding }
    }

    @Test(arguments: samples)
    func readsAFileInTheEncodingThatItsBytesAre(sample: Sample) async throws {
        let bytes = try #require(Data(base64Encoded: sample.bytes))
        let document = try await extract(bytes, named: "a.txt")
        #expect(document.blocks.map(\.text) == [sample.text])
    }

    /// A wrong guess would change letters or figures.
    @Test func rejectsWhatIsNoTextInAnyOfThem() async throws {
        let bytes = (0..<600).map { (place: Int) -> UInt8 in 0x80 + UInt8((place * 89 + place * place * 7) % 128) }
        let failure = try await extractionFailure(bytes, named: "a.txt")
        #expect(failure == .invalid("The encoding of the text is not recognised. Save it as UTF-8."))
    }

    private static let samples = [
        Sample(
            encoding: "KOI8-R",
            text: "Ежегодный отпуск длится 28 календарных дней. Больничный лист приносят в день выхода "
                + "на работу.",
            bytes: "5dbFx8/EztnKIM/U0NXTyyDEzMnU09EgMjggy8HMxc7EwdLO2cggxM7Fyi4g4s/M2M7J3s7ZyiDMydPUINDS"
                + "yc7P09HUINcgxMXO2CDX2cjPxMEgzsEg0sHCz9TVLg=="
        ),
        Sample(
            encoding: "Windows-1251",
            text: "Ежегодный отпуск длится 28 календарных дней. Больничный лист приносят в день выхода "
                + "на работу.",
            bytes: "xebl4+7k7fvpIO7y7/Px6iDk6+jy8f8gMjgg6uDr5e3k4PDt+/Ug5O3l6S4gwe7r/O3o9+376SDr6PHyIO/w"
                + "6O3u8f/yIOIg5OXt/CDi+/Xu5OAg7eAg8ODh7vLzLg=="
        ),
        Sample(
            encoding: "IBM866",
            text: "Ежегодный отпуск длится 28 календарных дней. Больничный лист приносят в день выхода "
                + "на работу.",
            bytes: "haalo66kreupIK7ir+PhqiCkq6ji4e8gMjggqqCrpa2koOCt6+UgpK2lqS4gga6r7K2o563rqSCrqOHiIK/g"
                + "qK2u4e/iIKIgpKWt7CCi6+WupKAgraAg4KChruLjLg=="
        ),
        Sample(
            encoding: "Shift JIS",
            text: "年次有給休暇は二十日とする。社員食堂の昼食は一食四百二十円である。",
            bytes: "lE6On5dMi4uLeInJgs2T8Y9ck/qCxoK3gumBQo7QiPWQSJOwgsySi5BIgs2I6pBIjmyVU5Pxj1yJfoLFgqCC"
                + "6YFC"
        ),
        Sample(
            encoding: "EUC-JP",
            text: "年次有給休暇は二十日とする。社員食堂の昼食は一食四百二十円である。",
            bytes: "x6+8oc2tteu12bLLpM/G8729xvykyKS5pOuho7zSsPe/qcaypM7D67+ppM+w7L+pu83JtMbzvb2x36THpKKk"
                + "66Gj"
        ),
        Sample(
            encoding: "ISO-2022-JP",
            text: "年次有給休暇は二十日とする。社員食堂の昼食は一食四百二十円である。",
            bytes: "GyRCRy88IU0tNWs1WTJLJE9Gcz09RnwkSCQ5JGshIzxSMHc/KUYyJE5Daz8pJE8wbD8pO01JNEZzPT0xXyRH"
                + "JCIkayEjGyhC"
        ),
        Sample(
            encoding: "GB18030",
            text: "部门经理每月手机补贴为三百元。普通员工每月手机补贴为八十元。",
            bytes: "sr/Dxb6twO3Dv9TCyta7+rK5zPnOqsj9sNnUqqGjxtXNqNSxuaTDv9TCyta7+rK5zPnOqrDLyq7UqqGj"
        ),
        Sample(
            encoding: "Big5",
            text: "四十歲以上的員工每年健康檢查一次，公司負擔費用三千元。",
            bytes: "pXykUbezpUikV6q6rfukdahDpn6wt7FkwMusZKRAprihQaS9pXGtdL7htk+lzqRUpGSkuKFD"
        ),
        Sample(
            encoding: "EUC-KR",
            text: "직원 주차 요금은 월 삼만 원이다. 방문객은 두 시간까지 무료이다.",
            bytes: "wfe/+CDB1sL3IL/ksd3AuiC/+SC777i4IL/4wMy02S4guea5rrC0wLogtc4gvcOwo7HuwfYguau34cDMtNku"
        ),
        Sample(
            encoding: "Windows-1253",
            text: "Ο εργαζόμενος δικαιούται είκοσι πέντε ημέρες άδειας το έτος.",
            bytes: "zyDl8ePh5vzs5e3v8iDk6erh6e/99OHpIOXf6u/z6SDw3e305SDn7N3x5fIg3OTl6eHyIPTvIN307/Iu"
        ),
        Sample(
            encoding: "Windows-1255",
            text: "עובד זכאי לארבעה עשר ימי חופשה בשנה. החזר הנסיעות הוא עד 300 שקלים בחודש.",
            bytes: "8uXh4yDm6+DpIOzg+OHy5CDy+fgg6e7pIOfl9PnkIOH58OQuIOTn5vgg5PDx6fLl+iDk5eAg8uMgMzAwIPn3"
                + "7OntIOHn5eP5Lg=="
        ),
        Sample(
            encoding: "Windows-1256",
            text: "مدة فترة التجربة تسعون يوما. لا تتجاوز تكلفة الفندق ستمئة ريال في الليلة.",
            bytes: "48/JIN3K0ckgx+HKzNHIySDK09rm5CDt5uPHLiDhxyDKyszH5tIgyt/h3ckgx+Hd5M/eINPK48bJINHtx+Eg"
                + "3e0gx+Hh7eHJLg=="
        ),
        Sample(
            encoding: "TIS-620",
            text: "พนักงานมีสิทธิลาพักร้อนปีละสิบวัน ลาป่วยเกินสามวันต้องมีใบรับรองแพทย์",
            bytes: "vrnRoafSucHVytS3uNTF0r7RocPpzbm71cXQytS6x9G5IMXSu+jHwuCh1LnK0sHH0bm16c2nwdXjusPRusPN"
                + "p+G+t8Ls"
        ),
        Sample(
            encoding: "Windows-1250",
            text: "Zaměstnanec dostává příspěvek na oběd ve výši 116 korun za směnu. Výpovědní doba "
                + "činí dva měsíce.",
            bytes: "WmFt7HN0bmFuZWMgZG9zdOF24SBw+O1zcOx2ZWsgbmEgb2LsZCB2ZSB2/ZppIDExNiBrb3J1biB6YSBzbexu"
                + "dS4gVv1wb3bsZG7tIGRvYmEg6Glu7SBkdmEgbexz7WNlLg=="
        ),
        Sample(
            encoding: "ISO-8859-2",
            text: "Pracownikowi przysługuje 26 dni urlopu rocznie. Z okazji ślubu przysługują dwa dni "
                + "wolne.",
            bytes: "UHJhY293bmlrb3dpIHByenlzs3VndWplIDI2IGRuaSB1cmxvcHUgcm9jem5pZS4gWiBva2F6amkgtmx1YnUg"
                + "cHJ6eXOzdWd1arEgZHdhIGRuaSB3b2xuZS4="
        ),
        Sample(
            encoding: "Windows-1254",
            text: "Çalışanların yılda yirmi gün izin hakkı vardır. Öğle yemeği için ödenen tutar 120 "
                + "liradır.",
            bytes: "x2Fs/f5hbmxhcv1uIHn9bGRhIHlpcm1pIGf8biBpemluIGhha2v9IHZhcmT9ci4g1vBsZSB5ZW1l8Gkgaedp"
                + "biD2ZGVuZW4gdHV0YXIgMTIwIGxpcmFk/XIu"
        ),
        Sample(
            encoding: "Windows-1257",
            text: "Darbuotojui suteikiamos 20 darbo dienų kasmetinės atostogos. Kelionės išlaidos "
                + "apmokamos už kiekvieną kilometrą.",
            bytes: "RGFyYnVvdG9qdWkgc3V0ZWlraWFtb3MgMjAgZGFyYm8gZGllbvgga2FzbWV0aW7rcyBhdG9zdG9nb3MuIEtl"
                + "bGlvbutzIGnwbGFpZG9zIGFwbW9rYW1vcyB1/iBraWVrdmllbuAga2lsb21ldHLgLg=="
        ),
        Sample(
            encoding: "Mac Roman",
            text: "Die Jubiläumsprämie beträgt nach zehn Jahren 1.800 €. Für die Vermittlung gibt es "
                + "früher übliche Geschenke nicht mehr.",
            bytes: "RGllIEp1YmlsinVtc3Byim1pZSBiZXRyimd0IG5hY2ggemVobiBKYWhyZW4gMS44MDAg2y4gRp9yIGRpZSBW"
                + "ZXJtaXR0bHVuZyBnaWJ0IGVzIGZyn2hlciCfYmxpY2hlIEdlc2NoZW5rZSBuaWNodCBtZWhyLg=="
        ),
        Sample(
            encoding: "IBM850",
            text: "Die Kündigungsfrist beträgt für Angestellte drei Monate, gemäß § 4 außerhalb der "
                + "Probezeit.",
            bytes: "RGllIEuBbmRpZ3VuZ3NmcmlzdCBiZXRyhGd0IGaBciBBbmdlc3RlbGx0ZSBkcmVpIE1vbmF0ZSwgZ2VthOEg"
                + "9SA0IGF14WVyaGFsYiBkZXIgUHJvYmV6ZWl0Lg=="
        ),
        Sample(
            encoding: "ISO-8859-15",
            text: "Le déjeuner est remboursé jusqu'à 18 €. La note est à remettre au plus tard le "
                + "dixième jour du mois.",
            bytes: "TGUgZOlqZXVuZXIgZXN0IHJlbWJvdXJz6SBqdXNxdSfgIDE4IKQuIExhIG5vdGUgZXN0IOAgcmVtZXR0cmUg"
                + "YXUgcGx1cyB0YXJkIGxlIGRpeGnobWUgam91ciBkdSBtb2lzLg=="
        ),
        Sample(
            encoding: "Windows-1252",
            text: "“Staff” don’t claim tips — they’re included. The fee is £30.",
            bytes: "k1N0YWZmlCBkb26SdCBjbGFpbSB0aXBzIJcgdGhleZJyZSBpbmNsdWRlZC4gVGhlIGZlZSBpcyCjMzAu"
        ),
    ]

    @Test(arguments: [
        ([0x50, 0x4B, 0x03, 0x04, 0x14], "a Zip archive"), (Array("%PDF-1.7".utf8), "a PDF"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "an older version of Office"), (Array("{\\rtf1".utf8), "Rich Text Format"),
    ])
    func namesTheFormatOfAFileThatIsNoText(bytes: [UInt8], name: String) throws {
        let failure = #expect(throws: ExtractionError.self) { try TextDecoder.text(from: bytes) }
        #expect(failure?.message.contains(name) == true && failure?.message.contains("extension") == true)
    }
}
