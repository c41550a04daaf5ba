using Karl.Serving.Internals.Description;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary>One thing that a server answers.</summary>
internal interface IEndpoint
{
    /// <summary>What it is.</summary>
    EndpointDescription Description { get; }

    /// <summary>Answers.</summary>
    Task AnswerAsync(HttpContext context);
}
