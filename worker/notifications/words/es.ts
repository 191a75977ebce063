import type { MailWords } from './words.ts'

export const es: MailWords = {
  direction: 'ltr',
  mails: {
    code: {
      subject: '{{code}} es tu código para {{site_name}}',
      body: `Con este código entras en {{site_name}}:

# {{code}}

Sirve una vez, durante diez minutos, en la ventana que lo pidió. Si no lo has pedido, no tienes que hacer nada. No se lo des a nadie.`,
    },
    invitation: {
      subject: 'Responde a los clientes de {{seller_name}} en {{site_name}}',
      body: `Te invitan a responder a los clientes de {{seller_name}} en {{site_name}}.

[Abrir tu bandeja]({{link}})

El enlace te identifica una vez, durante siete días. Si no lo esperabas, no tienes que hacer nada.`,
    },
    staff_invitation: {
      subject: 'Invitación a dirigir {{site_name}}',
      body: `Te invitan a dirigir los chats de {{site_name}}: sus ajustes, sus personas y sus cifras.

[Abrir los ajustes]({{link}})

El enlace te da acceso una vez, en un plazo de siete días. Después, entra en la misma página con un código por correo. Si no esperabas esto, no tienes que hacer nada.`,
    },
    guest_link: {
      subject: 'Tus chats en {{site_name}}',
      body: `Con este enlace sigues con tus chats en {{site_name}}, en este dispositivo o en cualquier otro.

[Continuar el chat]({{link}})

Sirve una vez, durante 30 minutos. Si no lo has pedido, no tienes que hacer nada.`,
    },
    order_link: {
      subject: 'Preguntas sobre tu pedido {{order_number}} en {{site_name}}',
      body: `Gracias por tu pedido {{order_number}}. Si tienes alguna pregunta, puedes escribir a quienes lo envían.

[Preguntar por el pedido]({{link}})

El enlace sirve una vez, durante 30 días.`,
    },
    privacy: {
      subject: 'Tus datos en {{site_name}}',
      body: `Con este código demuestra que esta dirección es suya y continúa con lo que pidió sobre sus datos en {{site_name}}:

# {{code}}

Sirve una vez, durante diez minutos, en la ventana que lo pidió. Si no lo pidió usted, no tiene que hacer nada. No se lo dé a nadie.`,
    },
    reply_refused: {
      subject: 'Tu respuesta no se ha aceptado',
      body: `La respuesta que enviaste por correo no está en el chat. {{reason}}

[Responder en el chat]({{chat_url}})`,
    },
    verify_address: {
      subject: '¿Es tuya esta dirección?',
      body: `Alguien dejó esta dirección de correo en un chat de {{site_name}}, y allí hay una respuesta. Si has sido tú, confirma la dirección y las respuestas te llegarán por correo.

[Sí, es mi dirección]({{link}})

Si no has sido tú, no tienes que hacer nada: aquí no llegará ninguna respuesta.`,
    },
  },
  events: {
    newMessage: {
      subject: 'Nuevo mensaje de {{sender_name}} en {{site_name}}',
      body: `Hola {{recipient_name}}:

{{sender_name}} te ha escrito:

> {{last_message}}

[Responder en el chat]({{chat_url}})`,
    },
    chatCreated: {
      subject: '{{sender_name}} ha empezado un chat en {{site_name}}',
      body: `Hola {{recipient_name}}:

{{sender_name}} ha empezado un chat contigo. Trata de: {{context_type}}.

[Abrir el chat]({{chat_url}})`,
    },
  },
  contexts: { product: 'producto', order: 'pedido', post: 'artículo' },
  somebody: 'Un visitante',
  earlier: '… y {{count}} anteriores en el chat',
  test: '[Prueba] {{subject}}',
  answerHere: 'Responde en el chat: nadie lee las respuestas a este correo.',
  answerByMail: 'Puedes responder en el chat o a este correo.',
  because: 'Recibes esto porque alguien te ha escrito en un chat de {{site_name}}.',
  becauseAsked: 'Recibes esto porque alguien dio esta dirección en {{site_name}}.',
  becauseAdmin: 'Recibes esto porque los ajustes de {{site_name}} nombran esta dirección.',
  stop: 'Dejar de recibir estos correos o elegir cuáles llegan',
}
