export const doctor = 'Doctor';
export const agents = 'Agents';
