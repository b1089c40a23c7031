namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("Driver={ODBC Driver 18 for SQL Server};Server=sq4;Database=HR;UID=hr_read;PWD={Vale;Mist}}9};Encrypt=yes")]
    [InlineData("DSN=Warehouse;UID=wh_etl;PWD=Barley_6_Rye")]
    [InlineData("Server=sq4;Database=Pay;User Id=pay;Password='Reed;Warbler6'")]
    [InlineData("jdbc:sqlserver://sq1:1433;databaseName=pay;user=pay_svc;password=Bramble+Stile5")]
    [InlineData("jdbc:mysql://db9/shop?user=shop_w&password=Foxglove-88")]
    [InlineData("jdbc:oracle:thin:lims/Glass.House4@lims-db:1521:LIMS")]
    [InlineData("scott_b/Tiger7Lily@//ora1:1521/PROD")]
    [InlineData("host=pg1 port=5432 dbname=tele user=tele_rw password=Marsh-Harrier-2 sslmode=require")]
    [InlineData("cache.example.net:6380,password=Marsh-Harrier-2,ssl=True")]
    public void A_connection_with_its_password_is_one_secret(string connection) =>
        Modules.Default.Find($"here it is: \"{connection}\"").ShouldBe([$"CONNECTION_STRING={connection}"]);

    [Theory]
    [InlineData("Driver={ODBC Driver 18 for SQL Server};Server=sq4;Database=HR;Trusted_Connection=yes")]
    [InlineData("DSN=Warehouse;UID=wh_etl;PWD=<password>")]
    [InlineData("jdbc:sqlserver://sq1:1433;databaseName=pay;integratedSecurity=true")]
    [InlineData("jdbc:mysql://db9/shop?useSSL=true&password=${DB_PASSWORD}")]
    [InlineData("jdbc:oracle:thin:@lims-db:1521:LIMS")]
    [InlineData("port=5432 dbname=tele sslmode=require application_name=meter")]
    public void One_without_a_password_is_none(string connection) => Modules.Default.Find(connection).ShouldBeEmpty();

    [Fact]
    public void A_line_of_a_log_with_a_password_among_its_fields_is_no_connection() =>
        Modules.Default.Find("login failed host=gw4 port=22 user=jdoe77 password=Marsh-Harrier-2").ShouldNotContain(f => f.StartsWith("CONNECTION_STRING",
            StringComparison.Ordinal));
}
