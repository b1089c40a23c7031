using Aspire.Hosting;
using GatewayStack.AppHost.Services;

namespace GatewayStack.AppHost.Tests.Services;

public sealed class BuiltHostTests
{
    [Fact]
    public void Every_host_is_where_the_build_put_it()
    {
        IProjectMetadata[] hosts =
        [
            new Projects.GatewayStack_Identity_Service(), new Projects.GatewayStack_Transform_Service(), new Projects.GatewayStack_Policy_Service(), new Projects.GatewayStack_Limits_Service(),
            new Projects.GatewayStack_Audit_Service(), new Projects.GatewayStack_Router_Service(), new Projects.GatewayStack_Demo_Host(),
        ];
        foreach (var host in hosts)
        {
            File.Exists(BuiltHost.Find(host.ProjectPath)).ShouldBeTrue(host.ProjectPath);
        }
    }

    [Fact]
    public void One_that_is_elsewhere_is_left_to_the_SDK() => BuiltHost.Find(Path.Combine(AppContext.BaseDirectory, "Other", "Other.csproj")).ShouldBeNull();
}
