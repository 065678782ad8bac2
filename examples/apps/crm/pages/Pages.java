@Page(route = "/customers", title = "Customers", icon = "users", view = {"crm_users", "crm_admins", "crm_managers"})
Ui customersPage() {
    return interfaces.customers();
}
