// A text with names of domains in it, that breaks after their dots where there is no room for the whole.
import { Fragment } from 'preact'

export const Breaking = ({ children }: { readonly children: string }) => (
  <>
    {children.split(/(?<=[.])(?=\S)/).map((part, i) => (
      <Fragment key={`${i} ${part}`}>
        {i === 0 ? null : <wbr />}
        {part}
      </Fragment>
    ))}
  </>
)
