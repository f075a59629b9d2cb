// The portal's words for an error on this side; the class is shared with the console.
import { setProblemWords } from '../kit/problem.ts'

setProblemWords({ network: '网络不通，没有发送出去', client: '页面出错了' })

export * from '../kit/problem.ts'
