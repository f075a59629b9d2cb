import type { ReactElement } from 'react'
import { Navigate, useParams } from 'react-router'

/** Messages name a change by its own address; the review page shows it. */
export default function ReviewsLink(): ReactElement {
  const { id } = useParams()
  return <Navigate replace to={id ? `/matters/reviews?change=${id}` : '/matters/reviews'} />
}
