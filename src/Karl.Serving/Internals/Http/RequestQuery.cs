using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>The parameters of a request, read strictly: what is unknown, given twice or no number is refused, all at once.</summary>
internal sealed class RequestQuery
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>Takes the parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="names">Those that it may have.</param>
    public RequestQuery(HttpRequest request, params ReadOnlySpan<string> names)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            if (!names.Contains(name))
            {
                _problems.Add($"There is no parameter '{name}'; {string.Join(", ", names.ToArray())} can be given.");
            }
            else if (values.Count != 1)
            {
                _problems.Add($"'{name}' is given {values.Count} times; once was expected.");
            }
            else if (!string.IsNullOrEmpty(values[0]))
            {
                _values[name] = values[0]!;
            }
        }
    }

    /// <summary>A parameter's text, or null.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A parameter that is a number.</summary>
    public float? Number(string name)
    {
        if (Text(name) is not string text)
        {
            return null;
        }

        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) || !float.IsFinite(number) || number < 0)
        {
            _problems.Add($"'{name}' is '{text}'; a number of at least 0 was expected, such as 0.1.");
        }

        return number;
    }

    /// <summary>A parameter that counts something.</summary>
    public int? Count(string name)
    {
        if (Text(name) is not string text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
        {
            _problems.Add($"'{name}' is '{text}'; a whole number of at least 1 was expected.");
        }

        return number;
    }

    /// <summary>Notes what is wrong.</summary>
    public void Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Refuses all that was wrong.</summary>
    /// <exception cref="ProblemException">Anything was.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
        {
            throw ProblemException.BadRequest(string.Join(" ", _problems));
        }
    }
}
