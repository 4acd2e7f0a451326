import * as z from 'zod';

// Validators are not compiled to code here: the page's policy forbids that, and says so at each attempt.
z.config({ jitless: true });
