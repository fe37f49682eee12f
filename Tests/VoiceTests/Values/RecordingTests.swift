import Testing

@testable import Voice

@Suite struct RecordingTests {
    @Test func samplesAreTheSameInEachForm() {
        let recording = Recording(samples: [0, 1, -1, .max, .min])
        #expect(recording.pcm == [0, 0, 1, 0, 255, 255, 255, 127, 0, 128])
        #expect(Recording(pcm: recording.pcm + [7]) == recording)
        #expect(recording.floats.max() ?? 1 < 1)
        #expect(recording.floats.min() == -1)
    }

    @Test func aWAVFileStatesItsLengthAndAStreamNone() {
        let file = Recording(samples: [1, 2, 3]).wav
        #expect(file.count == 50)
        #expect(Array(file[4..<8]) == [42, 0, 0, 0])
        #expect(Array(file[24..<28]) == [0x80, 0x3E, 0, 0])
        #expect(Array(file[40..<44]) == [6, 0, 0, 0])
        let stream = WAVHeader(sampleRate: 22_050, dataBytes: nil).bytes
        #expect(Array(stream[4..<8]) == [255, 255, 255, 255])
        #expect(Array(stream[40..<44]) == [255, 255, 255, 255])
    }

    @Test func tenMinutesHaveTheirDuration() {
        #expect(Recording(samples: Array(repeating: 0, count: 9_600_000)).duration == SpeechLimits.recordingTime)
    }
}
