// The flow of the callback robot as it ships: greeting, three questions by keys; whatever is unclear ends with a promise that a person calls.
import type { ShippedFlow } from '../../telephony/index.ts'

const text = (words: string) => [{ kind: 'text', text: words }]
const place = (name: string, x: number, y: number) => ({ name, at: { x, y } })
const ask = (name: string, x: number, key: string, to: number, next: string, words: string) => ({ ...place(name, x, 0), kind: 'rate', say: text(words), key, from: 1, to, tries: 2, next, none: 'unclear' })

export const robotCallFlow: ShippedFlow = {
  code: 'callback-robot', name: '机器人回访', use: 'robot',
  graph: {
    start: 'greeting',
    nodes: {
      greeting: { ...place('问候', 0, 0), kind: 'play', interruptible: false, say: text('您好，这里是{centre}，就您反映的“{orderTitle}”做一个简短回访，请用电话按键回答，只有三个问题。'), next: 'contacted' },
      contacted: ask('是否联系', 240, 'contacted', 3, 'solved', '承办单位是否与您联系过？联系过请按一，没有联系请按二，说不清请按三。'),
      solved: ask('是否解决', 480, 'solved', 3, 'satisfied', '您反映的问题是否已经解决？已经解决请按一，没有解决请按二，说不清请按三。'),
      satisfied: ask('是否满意', 720, 'satisfied', 4, 'thanks', '您对办理结果是否满意？满意请按一，基本满意请按二，不满意请按三，说不清请按四。'),
      thanks: { ...place('致谢', 960, 0), kind: 'end', cause: 'normal', say: text('您的回答已经记录，感谢您的配合，祝您生活愉快，再见。') },
      unclear: { ...place('转人工', 720, 200), kind: 'end', cause: 'normal', say: text('没有听清您的回答，稍后由工作人员与您联系，再见。') },
    },
  },
}
