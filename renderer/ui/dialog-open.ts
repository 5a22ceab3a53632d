/** Whether any dialog is open, whoever opened it: a payment's, the list of keys, one of a band or of a screen. */
export const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
