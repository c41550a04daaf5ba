using System.Globalization;
using System.Text.Json.Nodes;
using Karl.Serving.Internals.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Karl.Serving.Internals.Description;

/// <summary>Descriptions of endpoints as an OpenAPI 3.1 document.</summary>
internal static class OpenApiDocument
{
    /// <summary>Makes the document.</summary>
    public static JsonObject Of(IEnumerable<EndpointDescription> endpoints)
    {
        JsonObject paths = [];
        foreach (EndpointDescription endpoint in endpoints)
        {
            if (paths[endpoint.Path] is not JsonObject path)
            {
                paths[endpoint.Path] = path = [];
            }

            path[endpoint.Method.ToLowerInvariant()] = Operation(endpoint);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "KARL",
                ["description"] = "Adaptive image tokenization: images into as many tokens as they need, and back.",
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3),
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Schemas.All() },
        };
    }

    private static JsonObject Operation(EndpointDescription endpoint)
    {
        JsonObject operation = new() { ["summary"] = endpoint.Summary, ["operationId"] = Identifier(endpoint) };
        if (endpoint.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. endpoint.Parameters.Select(Parameter)]);
        }

        if (endpoint.TakesImage || endpoint.TakesTokens)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Body(endpoint) };
        }

        JsonObject responses = new() { ["200"] = new JsonObject { ["description"] = string.Join(" ", endpoint.Answers.Select(answer => answer.Description)), ["content"] = Answers(endpoint) } };
        foreach (int status in endpoint.Problems)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = Response(ReasonPhrases.GetReasonPhrase(status), ProblemAnswer.MediaType, Schemas.Problem);
        }

        operation["responses"] = responses;
        return operation;
    }

    private static JsonNode Parameter(ParameterDescription parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["in"] = parameter.IsInPath ? "path" : "query",
        ["required"] = parameter.IsInPath,
        ["description"] = parameter.Description,
        ["schema"] = new JsonObject { ["type"] = parameter.Type },
    };

    private static JsonObject Body(EndpointDescription endpoint)
    {
        JsonObject content = [];
        if (endpoint.TakesImage)
        {
            content["image/*"] = new JsonObject();
            content["application/octet-stream"] = new JsonObject();
            content["multipart/form-data"] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["image"] = new JsonObject { ["type"] = "string", ["contentMediaType"] = "application/octet-stream" } },
                    ["required"] = new JsonArray("image"),
                },
            };
        }

        if (endpoint.TakesTokens)
        {
            content[JsonAnswer.MediaType] = Schema(Schemas.Line);
        }

        return content;
    }

    private static JsonObject Answers(EndpointDescription endpoint)
    {
        JsonObject content = [];
        foreach (AnswerDescription answer in endpoint.Answers)
        {
            content[answer.MediaType] = Schema(answer.Schema);
        }

        return content;
    }

    private static JsonObject Response(string description, string mediaType, string? schema) =>
        new() { ["description"] = description, ["content"] = new JsonObject { [mediaType] = Schema(schema) } };

    private static JsonObject Schema(string? name) =>
        name is null ? [] : new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + name } };

    private static string Identifier(EndpointDescription endpoint) =>
        endpoint.Method.ToLowerInvariant() + string.Concat(endpoint.Path.Split('/', '.', '{', '}', '-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
