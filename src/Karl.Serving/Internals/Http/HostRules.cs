using System.Net;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>Who may ask: nobody by a name that is not ours, and no web page but our own.</summary>
/// <remarks>
/// A page on the internet can give its own name the address of this machine (DNS rebinding) and would then count as ours in a browser; an address in numbers
/// cannot be given away so. A page can also send requests without reading the answers; browsers then say where it came from.
/// </remarks>
internal static class HostRules
{
    private const string Local = "localhost";

    /// <summary>Refuses what comes by another name or from another page.</summary>
    /// <exception cref="ProblemException">It does.</exception>
    public static void Check(HttpRequest request, ServingOptions options)
    {
        string host = request.Host.Host;
        if (!IsOurs(host, options.HostNames))
        {
            throw new ProblemException(
                StatusCodes.Status421MisdirectedRequest,
                "host",
                $"The request is for the host '{host}'; localhost, an address in numbers{string.Concat(options.HostNames.Select(name => ", " + name))} was expected. Start the server with --allow-host to take others.");
        }

        string? origin = request.Headers.Origin;
        if (origin is not null && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Authority.Equals(Authority(request), StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "origin", $"The request was sent by a page of '{origin}'; only this server's own page may.");
        }
    }

    private static bool IsOurs(string host, IReadOnlyList<string> names) =>
        host.Equals(Local, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || names.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Host and port, as <see cref="Uri.Authority"/> gives them: without a port that is the scheme's own.</summary>
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? asked) ? asked.Authority : string.Empty;
}
