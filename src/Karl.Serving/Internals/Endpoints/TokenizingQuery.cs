using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary>Which model, and how it is to tokenize.</summary>
/// <param name="Model">The model.</param>
/// <param name="Options">How.</param>
/// <param name="Settings">What all tokens made so have in common.</param>
/// <param name="IsGiven">Whether the request says how, rather than leaving it to the model.</param>
internal sealed record TokenizingQuery(ServedModel Model, TokenizeOptions Options, TokenFileSettings Settings, bool IsGiven)
{
    private const string ModelName = "model", Epsilon = "epsilon", Budget = "budget", Tokens = "tokens";

    /// <summary>Parameters of endpoints that tokenize.</summary>
    public static ParameterDescription[] Parameters { get; } =
    [
        new(ModelName, "string", "The model's name, as /v1/models lists it; the first unless given."),
        new(Epsilon, "number", "The reconstruction error to aim at, mean absolute difference of pixels from 0 to 1; the model's default unless given. More gives fewer tokens."),
        new(Budget, "integer", "Most tokens that the image may take; the model's default unless given."),
        new(Tokens, "integer", "Exactly so many tokens, whether the image needs them or not, in place of epsilon and budget."),
    ];

    /// <summary>Reads them.</summary>
    /// <exception cref="ProblemException">There is no such model, or a value cannot be; all problems are told.</exception>
    public static TokenizingQuery Read(HttpRequest request, IReadOnlyList<ServedModel> models)
    {
        RequestQuery query = new(request, ModelName, Epsilon, Budget, Tokens);
        float? epsilon = query.Number(Epsilon);
        int? budget = query.Count(Budget), tokens = query.Count(Tokens);
        query.Require(tokens is null || (epsilon is null && budget is null), "'tokens' says how many tokens the image gets, whatever its error: leave out epsilon and budget.");
        query.ThrowIfWrong();
        ServedModel model = Find(query.Text(ModelName), models);
        TokenizeOptions options = tokens is int count ? TokenizeOptions.Exactly(count) : new TokenizeOptions { Epsilon = epsilon, Budget = budget };
        try
        {
            return new TokenizingQuery(model, options, TokenFileSettings.Of(model.Tokenizer.Manifest, options), epsilon is not null || budget is not null || tokens is not null);
        }
        catch (ArgumentException exception)
        {
            throw ProblemException.BadRequest(exception.Message);
        }
    }

    /// <summary>Reads which model alone.</summary>
    /// <exception cref="ProblemException">There is no such model, or another parameter is given.</exception>
    public static ServedModel ReadModel(HttpRequest request, IReadOnlyList<ServedModel> models)
    {
        RequestQuery query = new(request, ModelName);
        query.ThrowIfWrong();
        return Find(query.Text(ModelName), models);
    }

    private static ServedModel Find(string? name, IReadOnlyList<ServedModel> models) =>
        name is null
            ? models[0]
            : models.FirstOrDefault(model => model.Name == name)
                ?? throw new ProblemException(StatusCodes.Status404NotFound, "model", $"There is no model '{name}'; there is {string.Join(", ", models.Select(model => model.Name))}.");
}
