// What is asked for, where a service has several things to ask for.
import type { Product } from '../../../daemon/domain/service.ts'
import { standardText } from '../../parts/clock/words.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import type { Editor } from './editor.ts'

export function Products({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const { products } = editor.view.serviceDefinition
  const chosen = editor.products.value
  const wrong = editor.tried.value || editor.been.value.has('products') ? editor.mistakes.value.find(one => one.path === 'products') : undefined
  const toggle = ({ key }: Product, on: boolean): void =>
    editor.setProducts(products.map(one => one.key).filter(one => (one === key ? on : chosen.includes(one))))
  return (
    <fieldset class={`productlist field ${wrong === undefined ? '' : 'error'}`} data-path="products" aria-describedby="products-note">
      <legend class="sr">{words.productsTitle}</legend>
      <p class="small mid" id="products-note">
        {words.productsHint}
      </p>
      {products.map(one => (
        <label key={one.key} class="product">
          <input
            type="checkbox"
            checked={chosen.includes(one.key)}
            aria-invalid={wrong === undefined ? undefined : true}
            onChange={event => toggle(one, event.currentTarget.checked)}
          />
          <span class="grow">
            <b>{text(one.name)}</b>
            {one.description === undefined ? null : <span class="block small mid">{text(one.description)}</span>}
          </span>
          <span class="small dim nw">{standardText(one.standard)}</span>
        </label>
      ))}
      {wrong === undefined ? null : (
        <p class="err">
          <Icon name="crit" />
          {text(wrong.reason)}
        </p>
      )}
    </fieldset>
  )
}
