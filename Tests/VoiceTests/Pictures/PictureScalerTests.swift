import Foundation
import Subprocess
import TestSupport
import Testing

@testable import Voice

/// Pictures for phones, by ffmpeg as it is installed.
@Suite struct PictureScalerTests {
    private let scaler = PictureScaler()
    /// What carriers accept.
    private let limit = 600_000

    /// The width and the height of a JPEG, from its frame's header.
    private func size(of jpeg: [UInt8]) throws -> (width: Int, height: Int) {
        let frame = try #require(jpeg.indices.first { jpeg[$0...].starts(with: [0xFF, 0xC0]) })
        func number(_ offset: Int) -> Int { Int(jpeg[frame + offset]) << 8 | Int(jpeg[frame + offset + 1]) }
        return (number(7), number(5))
    }

    @Test(arguments: ["mjpeg", "png", "libwebp"])
    func makesASmallJPEGOfEachFormat(encoder: String) async throws {
        let picture = try await NoisePicture.make(encoder)
        let limit = 400_000
        #expect(picture.count > limit)
        let jpeg = try #require(try await scaler.jpeg(of: picture, upTo: limit))
        #expect(jpeg.count <= limit && jpeg.starts(with: [0xFF, 0xD8, 0xFF]))
        let (width, height) = try size(of: jpeg)
        #expect(width == height && (480...1024).contains(width))
    }

    @Test func keepsTheProportionsOfALargePicture() async throws {
        let picture = try await NoisePicture.make(size: "2048x1024")
        let jpeg = try #require(try await scaler.jpeg(of: picture, upTo: limit))
        #expect(try size(of: jpeg) == (1024, 512))
    }

    @Test func makesTheSidesSmallerIfTheQualityIsNotEnough() async throws {
        let picture = try await NoisePicture.make()
        let jpeg = try #require(try await scaler.jpeg(of: picture, upTo: 150_000))
        #expect(jpeg.count <= 150_000)
        #expect(try size(of: jpeg).width < 1024)
        #expect(try await scaler.jpeg(of: picture, upTo: 1000) == nil, "some pictures cannot be made that small")
    }

    @Test func whatIsNoPictureIsRefused() async throws {
        let truncated = Array(try await NoisePicture.make("png").prefix(100))
        for file in [[], Array("GIF89a and more".utf8), Array("#!MVG\nimage over 0,0 'http://x'".utf8), truncated] {
            #expect(try await scaler.jpeg(of: file, upTo: limit) == nil)
        }
    }
}
