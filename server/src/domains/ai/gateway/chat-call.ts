// One call of an OpenAI-compatible endpoint, answered as a stream: bounded in time to the first words, in time and in size altogether.
export type Endpoint = { baseUrl: string; model: string; key: string | null; firstMs: number; allMs: number }
export type Message = { role: 'system' | 'user'; content: string }
export type Failure = 'late' | 'refused' | 'unreachable' | 'garbled'
export type Reply = { text: string; tokensIn: number; tokensOut: number; firstMs: number } | { failure: Failure; detail: string }

const MOST_BYTES = 400_000
const MOST_TEXT = 20_000
/** Where an endpoint does not count: two characters of Chinese are about one and a half tokens. */
const tokensOf = (text: string): number => Math.ceil(text.length * 0.75)

class Failed extends Error {
  failure: Failure
  constructor(failure: Failure, detail: string) {
    super(detail)
    this.failure = failure
  }
}

type Chunk = { choices?: { delta?: { content?: unknown }; message?: { content?: unknown } }[]; usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null }
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const asCount = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(10_000_000, Math.round(value)) : 0)

function parse(line: string): Chunk {
  try {
    return JSON.parse(line) as Chunk // every field is looked at before it is used
  } catch {
    throw new Failed('garbled', '返回的不是约定的格式')
  }
}

/** Never throws: what goes wrong is told. `onText` gets each piece as it comes. */
export async function chatCall(to: Endpoint, messages: readonly Message[], maxTokens: number, onText: (piece: string) => void = () => undefined): Promise<Reply> {
  const began = performance.now()
  const stop = new AbortController()
  let late = 'first'
  const timers = [setTimeout(() => stop.abort(), to.firstMs), setTimeout(() => { late = 'all'; stop.abort() }, to.allMs)]
  try {
    const response = await fetch(`${to.baseUrl.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST', redirect: 'error', signal: stop.signal, headers: { 'content-type': 'application/json', ...(to.key ? { authorization: `Bearer ${to.key}` } : {}) },
      body: JSON.stringify({ model: to.model, messages, max_tokens: maxTokens, temperature: 0.2, stream: true, stream_options: { include_usage: true } }),
    })
    if (!response.ok) throw new Failed(response.status < 500 ? 'refused' : 'unreachable', `状态码 ${response.status}`)
    if (!response.body) throw new Failed('garbled', '没有内容')
    let [text, rest, bytes, firstMs] = ['', '', 0, 0]
    let usage: NonNullable<Chunk['usage']> | null = null
    const take = (chunk: Chunk): void => {
      const piece = asText(chunk.choices?.[0]?.delta?.content) || asText(chunk.choices?.[0]?.message?.content)
      if (chunk.usage) usage = chunk.usage
      if (piece === '') return
      if (firstMs === 0) {
        firstMs = Math.max(1, Math.round(performance.now() - began))
        clearTimeout(timers[0])
      }
      text += piece
      if (text.length > MOST_TEXT) throw new Failed('garbled', '返回过长')
      onText(piece)
    }
    const decoder = new TextDecoder()
    for await (const part of response.body) {
      bytes += part.length
      if (bytes > MOST_BYTES) throw new Failed('garbled', '返回过长')
      rest += decoder.decode(part, { stream: true })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const data = /^data:\s*(.+)$/.exec(line.trim())?.[1]
        if (data && data !== '[DONE]') take(parse(data))
      }
    }
    // some answer whole although a stream was asked for
    if (text === '' && rest.trim().startsWith('{')) take(parse(rest))
    if (text.trim() === '') throw new Failed('garbled', '没有文字')
    const counted: { prompt_tokens?: unknown; completion_tokens?: unknown } = usage ?? {}
    return { text: text.trim(), firstMs, tokensIn: asCount(counted.prompt_tokens) || tokensOf(messages.map((m) => m.content).join('')), tokensOut: asCount(counted.completion_tokens) || tokensOf(text) }
  } catch (error) {
    if (error instanceof Failed) return { failure: error.failure, detail: error.message }
    if (stop.signal.aborted) return { failure: 'late', detail: late === 'first' ? `${to.firstMs} 毫秒内没有首字` : `${to.allMs} 毫秒内没有答完` }
    return { failure: 'unreachable', detail: '连接不上' }
  } finally {
    for (const timer of timers) clearTimeout(timer)
    stop.abort()
  }
}
