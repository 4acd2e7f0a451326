const textTypes = /^(text\/.+|application\/(json|javascript|xml))$/;

/**
 * Whether API Gateway hands a request body over as text instead of Base64. AWS names no list: this is what a deployed
 * HTTP API does, where even forms, `+json` types and bodies without a type count as binary, and so does any encoded body.
 */
export function isTextContent(contentType: string | undefined, contentEncoding: string | undefined): boolean {
  const [type = ''] = (contentType ?? '').split(';');
  return contentEncoding === undefined && textTypes.test(type.trim().toLowerCase());
}
