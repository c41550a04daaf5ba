namespace Karl.Serving.Internals.Description;

/// <summary>What an endpoint is, for OpenAPI and for mapping it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Route pattern.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Answers">What it answers when all is well.</param>
internal sealed record EndpointDescription(string Method, string Path, string Summary, params AnswerDescription[] Answers)
{
    /// <summary>Parameters in the address, those of the path too.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>Whether it takes an image, as its body or as a file of a form.</summary>
    public bool TakesImage { get; init; }

    /// <summary>Whether it takes a line of tokens.</summary>
    public bool TakesTokens { get; init; }

    /// <summary>Statuses of the problems that it may answer with.</summary>
    public IReadOnlyList<int> Problems => TakesImage || TakesTokens ? [400, 403, 404, 408, 413, 415, 421, 422, 500, 503, 504] : Parameters.Count > 0 ? [403, 404, 421] : [403, 421];
}

/// <summary>An answer.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Schema">Name of its schema; null where it is no JSON.</param>
/// <param name="Description">One sentence.</param>
internal sealed record AnswerDescription(string MediaType, string? Schema, string Description);

/// <summary>A parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">JSON type.</param>
/// <param name="Description">One sentence.</param>
/// <param name="IsInPath">Whether it is a part of the path.</param>
internal sealed record ParameterDescription(string Name, string Type, string Description, bool IsInPath = false);
