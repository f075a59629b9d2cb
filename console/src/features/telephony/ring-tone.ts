// The ring at the desk's own speaker: 450 Hz, one second in five, until somebody answers.

/** Rings; stops by calling what comes back. Silent where the browser plays nothing without a gesture. */
export function ringTone(): () => void {
  if (typeof AudioContext === 'undefined') return () => undefined
  const audio = new AudioContext()
  const gain = audio.createGain()
  gain.gain.value = 0
  const tone = audio.createOscillator()
  tone.frequency.value = 450
  tone.connect(gain).connect(audio.destination)
  tone.start()
  const once = (): void => {
    const at = audio.currentTime
    gain.gain.setTargetAtTime(0.12, at, 0.02)
    gain.gain.setTargetAtTime(0, at + 1, 0.02)
  }
  once()
  const timer = setInterval(once, 5000)
  return () => {
    clearInterval(timer)
    void audio.close()
  }
}
