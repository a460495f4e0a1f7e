import { openHost } from './host/host';
import { start } from './main';

void openHost().then(start);
