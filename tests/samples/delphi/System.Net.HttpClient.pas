unit System.Net.HttpClient;

{ What samples use of Delphi's HTTP client, written from its public reference. Nothing here does anything. }

interface

uses
  SysUtils, Classes, System.Net.URLClient;

type
  IHTTPRequest = interface(IURLRequest)
    procedure SetHeaderValue(const AName, AValue: string);
  end;

  IHTTPResponse = interface
    function GetStatusCode: Integer;
    function ContentAsString(const AnEncoding: TEncoding = nil): string;
    property StatusCode: Integer read GetStatusCode;
  end;

  THTTPClient = class
  private
    FCredentialsStorage: TCredentialsStorage;
  public
    constructor Create;
    function GetRequest(const ARequestMethod, AURL: string): IHTTPRequest;
    function Execute(const ARequest: IHTTPRequest; const AContentStream: TStream = nil;
      const AHeaders: TNetHeaders = nil): IHTTPResponse;
    property CredentialsStorage: TCredentialsStorage read FCredentialsStorage write FCredentialsStorage;
  end;

implementation

constructor THTTPClient.Create;
begin
  inherited Create;
end;

function THTTPClient.GetRequest(const ARequestMethod, AURL: string): IHTTPRequest;
begin
  Result := nil;
end;

function THTTPClient.Execute(const ARequest: IHTTPRequest; const AContentStream: TStream; const AHeaders: TNetHeaders): IHTTPResponse;
begin
  Result := nil;
end;

end.
