// What the editor shows of the two blocks; the shop's pages get theirs from PHP.
;(({ blocks, element, blockEditor, components, i18n }) => {
  const { createElement } = element
  const { __ } = i18n

  const contexts = (none) => [
    { value: '', label: none },
    { value: 'product', label: __('Products', 'shopbell') },
    { value: 'order', label: __('Orders', 'shopbell') },
    { value: 'post', label: __('Posts', 'shopbell') },
  ]

  const field = (control, name, { attributes, setAttributes }, properties) =>
    createElement(control, {
      key: name,
      value: attributes[name],
      onChange: (value) => setAttributes({ [name]: value }),
      __nextHasNoMarginBottom: true,
      __next40pxDefaultSize: true,
      ...properties,
    })

  const block = (settings, preview) =>
    createElement(
      'div',
      blockEditor.useBlockProps(),
      createElement(
        blockEditor.InspectorControls,
        null,
        createElement(components.PanelBody, { title: __('Settings', 'shopbell') }, settings),
      ),
      preview,
    )

  blocks.registerBlockType('shopbell/start-chat', {
    edit(props) {
      const options = contexts(__('What the page is about', 'shopbell'))
      const settings = [
        field(components.SelectControl, 'context', props, { label: __('About', 'shopbell'), options }),
        field(components.TextControl, 'id', props, {
          label: __('Its id', 'shopbell'),
          help: __('Left empty, it is the one that the page shows.', 'shopbell'),
        }),
        field(components.TextControl, 'label', props, { label: __('Label', 'shopbell') }),
      ]
      const label = props.attributes.label || __('Start chat', 'shopbell')
      return block(
        settings,
        createElement('span', { className: 'wp-element-button', style: { display: 'inline-block' } }, label),
      )
    },
    save: () => null,
  })

  blocks.registerBlockType('shopbell/my-chats', {
    edit(props) {
      const options = contexts(__('All chats', 'shopbell'))
      const settings = field(components.SelectControl, 'context', props, { label: __('Show', 'shopbell'), options })
      const label = __('My Chats', 'shopbell')
      const instructions = __('Visitors see their chats here.', 'shopbell')
      return block(settings, createElement(components.Placeholder, { icon: 'admin-comments', label, instructions }))
    },
    save: () => null,
  })
})(window.wp)
