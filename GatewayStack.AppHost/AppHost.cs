using GatewayStack.AppHost;

return await Start.CheckedAsync(async () =>
{
    var builder = DistributedApplication.CreateBuilder(args);
    using var stack = Stack.Open(builder);

    // Six services, on Redis, Postgres and Kafka where the form has them, and the people and models of the demo.
    var servers = await stack.AddInfrastructureAsync();
    stack.AddDemo<Projects.GatewayStack_Demo_Host>();
    stack.AddKeycloak();

    var identity = stack.AddService<Projects.GatewayStack_Identity_Service>(Resources.Identity).Uses(servers.IdentityDb, servers.Kafka);
    var transform = stack.AddService<Projects.GatewayStack_Transform_Service>(Resources.Transform);
    var policy = stack.AddService<Projects.GatewayStack_Policy_Service>(Resources.Policy).Uses(servers.PolicyDb, servers.Kafka);
    var limits = stack.AddService<Projects.GatewayStack_Limits_Service>(Resources.Limits).Uses(servers.Redis, servers.LimitsDb, servers.Kafka);
    var audit = stack.AddService<Projects.GatewayStack_Audit_Service>(Resources.Audit).Uses(servers.AuditDb, servers.Kafka);
    var router = stack.AddFrontDoor<Projects.GatewayStack_Router_Service>().Uses(servers.Kafka);

    // Who calls whom: every other call is refused.
    router.Calls(identity, transform, policy, limits, audit).StartsAfter(identity, transform, policy, limits, audit);
    identity.Calls(audit);
    transform.Calls(identity);
    policy.Calls(identity, audit);
    limits.Calls(identity, audit);
    audit.Calls(identity);

    await stack.RunAsync();
});
