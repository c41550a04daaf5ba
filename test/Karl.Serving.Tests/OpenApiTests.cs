using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace Karl.Serving.Tests;

/// <summary>The description says what is mapped, and answers are as it says.</summary>
[TestClass]
public sealed class OpenApiTests
{
    [TestMethod]
    public async Task Document_DescribesExactlyWhatIsMapped()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = (await server.GetAsync("/openapi.json")).AssertOk().Json;
        Assert.AreEqual("3.1.0", document.GetProperty("openapi").GetString());
        string[] described = [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))];
        string[] mapped =
        [
            .. server.Server.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(endpoint =>
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD").Select(method => $"{method} {endpoint.RoutePattern.RawText}")),
        ];
        Assert.IsGreaterThan(10, mapped.Length);
        CollectionAssert.AreEquivalent(mapped, described);
    }

    [TestMethod]
    public async Task Document_References_AllResolveAndOperationsHaveNamesOfTheirOwn()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = (await server.GetAsync("/openapi.json")).Json;
        string[] known = [.. document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => "#/components/schemas/" + schema.Name)];
        string[] used = [.. Find(document, "$ref").Distinct()];
        CollectionAssert.AreEquivalent(known, used);
        string[] operations = [.. Find(document, "operationId")];
        CollectionAssert.AllItemsAreUnique(operations);
    }

    [TestMethod]
    [DataRow("/v1/tokenize", "TokenLine", "")]
    [DataRow("/v1/complexity", "Complexity", "")]
    [DataRow("/v1/reconstruct", "Reconstruction", "application/json")]
    public async Task Answers_ForImages_AreAsTheDocumentSays(string path, string schema, string accept)
    {
        await using RunningServer server = await RunningServer.StartAsync(withSecond: true);
        JsonElement document = (await server.GetAsync("/openapi.json")).Json;
        foreach (string model in new[] { "tiny", "continuous" })
        {
            Answer answer = await server.PostAsync($"{path}?model={model}", RunningServer.Png(), accept: accept.Length == 0 ? null : accept);
            AssertFits(answer.AssertOk().Json, Schema(document, schema), document, path);
        }

        AssertFits((await server.PostAsync(path, [])).Json, Schema(document, "Problem"), document, path);
    }

    [TestMethod]
    [DataRow("/v1/models", "Models")]
    [DataRow("/v1/samples", "Samples")]
    [DataRow("/healthz", "Health")]
    public async Task Answers_ToQuestions_AreAsTheDocumentSays(string path, string schema)
    {
        await using RunningServer server = await RunningServer.StartAsync(withSecond: true);
        JsonElement document = (await server.GetAsync("/openapi.json")).Json;
        AssertFits((await server.GetAsync(path)).AssertOk().Json, Schema(document, schema), document, path);
    }

    [TestMethod]
    public async Task Answer_OfExplain_IsAsTheDocumentSays()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = (await server.GetAsync("/openapi.json")).Json;
        Answer line = await server.TokenizeAsync();
        AssertFits((await server.PostAsync("/v1/explain", line.Body, "application/json")).AssertOk().Json, Schema(document, "Explanation"), document, "explanation");
    }

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<string> Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == name ? [member.Value.GetString()!] : Find(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Find(item, name)),
        _ => [],
    };

    /// <summary>Types, required members, and no member that is not described.</summary>
    private static void AssertFits(JsonElement value, JsonElement schema, JsonElement document, string place)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            AssertFits(value, Schema(document, reference.GetString()!.Split('/')[^1]), document, place);
            return;
        }

        JsonElement type = schema.GetProperty("type");
        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString()!)] : [type.GetString()!];
        string found = value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => types.Contains("integer") && value.TryGetInt64(out _) ? "integer" : "number",
        };
        CollectionAssert.Contains(types, found, place);
        if (found == "array")
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                AssertFits(item, schema.GetProperty("items"), document, place + "[]");
            }
        }
        else if (found == "object")
        {
            foreach (JsonElement required in schema.GetProperty("required").EnumerateArray())
            {
                Assert.IsTrue(value.TryGetProperty(required.GetString()!, out _), $"{place} has no '{required}'.");
            }

            foreach (JsonProperty member in value.EnumerateObject())
            {
                Assert.IsTrue(schema.GetProperty("properties").TryGetProperty(member.Name, out JsonElement described), $"{place}: '{member.Name}' is not described.");
                AssertFits(member.Value, described, document, $"{place}.{member.Name}");
            }
        }
    }
}
