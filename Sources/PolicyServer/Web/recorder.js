/** How long a recording may take, in milliseconds: a little less than the server takes. */
const longestRecording = 590_000;

/** The formats of a recording, the best first; every browser knows one of them. */
const formats = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

/** A recording of what is said into the microphone. */
export class Recorder {
  #stream;
  #recorder;
  #parts = [];
  #context;
  #analyser;
  #samples;
  #timer;
  #startedAt;

  /**
   * Asks for the microphone and begins to record. `onEnd` is called if the recording ends by itself: after its longest
   * time, or without the microphone.
   *
   * Throws the browser's error if it does not give the microphone.
   */
  static async start(onEnd) {
    // Only secure pages have devices.
    if (!navigator.mediaDevices) throw new DOMException('This page is not secure.', 'SecurityError');
    return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }), onEnd);
  }

  constructor(stream, onEnd) {
    this.#stream = stream;
    this.#startedAt = Date.now();
    this.#recorder = new MediaRecorder(stream, { mimeType: formats.find((type) => MediaRecorder.isTypeSupported(type)) });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data));
    stream.getAudioTracks()[0].addEventListener('ended', onEnd);
    this.#timer = setTimeout(onEnd, longestRecording);
    this.#recorder.start();
    this.#listen();
  }

  /** How loud it is now, from 0 to 1. */
  get level() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    // Speech is 10 to 50 decibels below the loudest sound.
    return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9) + 10) / 40));
  }

  /** How long the recording is so far, in seconds. */
  get seconds() {
    return Math.floor((Date.now() - this.#startedAt) / 1000);
  }

  /** Ends the recording, gives the microphone back, and returns the recording. */
  async stop() {
    clearTimeout(this.#timer);
    if (this.#recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }));
      this.#recorder.stop();
      await stopped;
    }
    for (const track of this.#stream.getTracks()) track.stop();
    this.#context.close();
    return new Blob(this.#parts, { type: this.#recorder.mimeType });
  }

  #listen() {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(this.#stream).connect(this.#analyser);
    // After a touch it begins only now.
    this.#context.resume();
  }
}
