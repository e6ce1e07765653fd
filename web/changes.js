export async function start(){}; export function show(){}
