using System.Net;
using Karl.Serving.Internals;
using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Endpoints;
using Karl.Serving.Internals.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Karl.Serving;

/// <summary>Models over HTTP, and a page to look at; <c>docs/serving.md</c> says what it answers.</summary>
/// <remarks>Images of concurrent requests with equal settings go through the model together. It reads no configuration but <see cref="ServingOptions"/>, and minds no signals.</remarks>
public sealed class TokenizationServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ServingState _state;
    private Task<bool>? _stopping;

    private TokenizationServer(WebApplication application, ServingState state) => (_application, _state) = (application, state);

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>What it answers, as it is mapped.</summary>
    internal IReadOnlyList<EndpointDataSource> DataSources => [.. ((IEndpointRouteBuilder)_application).DataSources];

    internal ServingState State => _state;

    /// <summary>Starts a server; it answers when this returns.</summary>
    /// <param name="models">What is served, at least one, with different names; the first is used where a request names none.</param>
    /// <param name="options">Where and within what limits; null is the defaults.</param>
    /// <param name="log">Takes a line for each unexpected failure, from any thread.</param>
    /// <param name="cancellationToken">Stops the starting.</param>
    /// <exception cref="ArgumentException">The options or the models cannot be; all problems are listed.</exception>
    /// <exception cref="IOException">The address cannot be listened on, perhaps because another program does.</exception>
    public static Task<TokenizationServer> StartAsync(
        IReadOnlyList<ServedModel> models, ServingOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        StartAsync(models, options, log, ModelRunner.Run, cancellationToken);

    /// <summary>Starts a server whose batches are done by something around the model.</summary>
    internal static async Task<TokenizationServer> StartAsync(
        IReadOnlyList<ServedModel> models,
        ServingOptions? options,
        Action<string>? log,
        Func<ModelSettings, IReadOnlyList<ModelInput>, CancellationToken, ModelOutput[]> run,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        options ??= new ServingOptions();
        options.Validate();
        if (models.Count == 0 || models.DistinctBy(model => model.Name).Count() != models.Count)
        {
            throw new ArgumentException($"The models are {string.Join(", ", models.Select(model => model.Name))}; at least one, with different names, was expected.", nameof(models));
        }

        ServingState state = new(models, options, log ?? (_ => { }), run);
        WebApplication application = Build(state);
        TokenizationServer server = new(application, state);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            server.Address = new Uri(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes no more requests, lets those under way finish within <see cref="ServingOptions.DrainTimeout"/>, and cuts off what is left.</summary>
    /// <returns>Whether all finished.</returns>
    public Task<bool> StopAsync() => _stopping ??= StopOnceAsync();

    /// <summary>Stops, if that was not done, and gives everything back but the models.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _state.Dispose();
    }

    private static WebApplication Build(ServingState state)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, state.Options));
        WebApplication application = builder.Build();
        RequestGuard guard = new(state);
        application.Use((context, next) =>
        {
            SecurityHeaders.Add(context.Response);
            return guard.InvokeAsync(context, next);
        });
        application.UseRouting();
        foreach (IEndpoint endpoint in EndpointTable.Create(state))
        {
            string[] methods = endpoint.Description.Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [endpoint.Description.Method];
            application.MapMethods(endpoint.Description.Path, methods, endpoint.AnswerAsync);
        }

        return application;
    }

    private static void Configure(KestrelServerOptions kestrel, ServingOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ServingLimits.BodyBytes(options.MaximumUploadBytes);
        kestrel.Limits.MaxConcurrentConnections = ServingLimits.Connections;
        kestrel.Limits.RequestHeadersTimeout = ServingLimits.HeaderTime;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.MinimumBytesPerSecond, options.SlowGrace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(options.MinimumBytesPerSecond, options.SlowGrace);
        kestrel.Listen(new IPEndPoint(options.Address, options.Port), listen => listen.Protocols = HttpProtocols.Http1);
    }

    private async Task<bool> StopOnceAsync()
    {
        _state.IsStopping = true;
        using CancellationTokenSource late = new(_state.Options.DrainTimeout);
        await _application.StopAsync(late.Token).ConfigureAwait(false);
        return !late.IsCancellationRequested;
    }
}
