using System.Text;
using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Images;
using Karl.Tokenizers.TokenFiles;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>POST /v1/tokenize</c>: an image into a line of tokens.</summary>
internal sealed class TokenizeEndpoint(ServingState state) : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(
        HttpMethods.Post, "/v1/tokenize", "Turns an image into as many tokens as it needs.", new AnswerDescription(JsonAnswer.MediaType, Schemas.Line, "A line as in token files (.jsonl)."))
    {
        Parameters = TokenizingQuery.Parameters,
        TakesImage = true,
    };

    /// <inheritdoc/>
    public async Task AnswerAsync(HttpContext context)
    {
        TokenizingQuery query = TokenizingQuery.Read(context.Request, state.Models);
        context.Request.RequireNoJson();
        PreparedImage image = await state.Images.ReadAsync(context, query.Model);
        ModelOutput output = await state.Queue.RunAsync(new(query.Model, ModelTask.Encode, query.Options), ModelInput.Of(image.Pixels), context.RequestAborted);
        state.Metrics.CountTokenized(query.Model, output.Tokens);
        TokenLine line = new(image.Name, output.Tokens, null, query.Settings.Model, image.Milliseconds + output.Milliseconds);
        await BytesAnswer.WriteAsync(context, JsonAnswer.MediaType, Encoding.UTF8.GetBytes(line + "\n"));
    }
}
