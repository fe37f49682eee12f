internal import Inference

/// The sizes of a Whisper model.
struct ModelShape: Sendable, Hashable {
    /// The number of components of a state.
    let width: Int
    let heads: Int
    let encoderLayers: Int
    let decoderLayers: Int
    /// The number of frequency bands of the sound.
    let bands: Int
    /// The number of states of the sound.
    let soundLength: Int
    /// The number of tokens that a text may have.
    let textLength: Int
    /// The number of tokens that there are.
    let vocabulary: Int

    /// The number of components of the state between the two matrices behind attention.
    var intermediate: Int { 4 * width }

    /// Tells the sizes from those of the variables of a file.
    ///
    /// - Throws: ``ModelError`` with the code `unsupported`, if this module cannot run such a model.
    init(of file: ModelFile) throws(ModelError) {
        guard let convolution = file.shape(of: "encoder/conv1/weight"), convolution.count == 3, convolution[2] == 3,
            let sound = file.shape(of: "encoder/position_encodings/encodings"), sound.count == 2,
            let text = file.shape(of: "decoder/position_encodings/encodings"), text.count == 2,
            let tokens = file.shape(of: "decoder/embeddings/weight"), tokens.count == 2,
            let heads = file.integer("encoder/num_heads"), heads == file.integer("decoder/num_heads")
        else { throw ModelError(.unsupported, "“\(file.path)” lacks variables of a Whisper model in 16 bits") }
        width = convolution[0]
        bands = convolution[1]
        self.heads = heads
        soundLength = sound[0]
        textLength = text[0]
        vocabulary = tokens[0]
        encoderLayers = Self.layers("encoder", of: file)
        decoderLayers = Self.layers("decoder", of: file)
        guard bands == MelSpectrogram.bands, soundLength == MelSpectrogram.frames / 2, (16...4096).contains(textLength),
            (1...64).contains(heads), width > 0, width % heads == 0
        else { throw ModelError(.unsupported, "“\(file.path)” is a Whisper model of sizes that cannot be run here") }
    }

    private static func layers(_ part: String, of file: ModelFile) -> Int {
        var count = 0
        while file.shape(of: "\(part)/layer_\(count)/ffn/linear_0/weight") != nil { count += 1 }
        return count
    }
}
