// One file to the server with progress; fetch cannot report it, so XMLHttpRequest.
import { csrfToken } from '../api/http.ts'
import { networkProblem, problemFrom } from '../api/problem.ts'
import type { SendFile } from '../kit/photo-queue.ts'

const hasId = (value: unknown): value is { id: string } => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

export const sendFileTo = (place: 'registration' | 'chat'): SendFile => (file, name, onProgress) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', `/api/public/attachments?place=${place}`)
    xhr.responseType = 'json'
    xhr.setRequestHeader('accept', 'application/json')
    const csrf = csrfToken()
    if (csrf) xhr.setRequestHeader('x-csrf-token', csrf)
    xhr.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100)) }
    xhr.onload = () => {
      const body: unknown = xhr.response
      if (xhr.status < 300 && hasId(body)) resolve({ id: body.id })
      else reject(problemFrom(xhr.status, body))
    }
    xhr.onerror = () => reject(networkProblem())
    const form = new FormData()
    form.append('file', file, name)
    xhr.send(form)
  })

export const sendFile = sendFileTo('registration')
